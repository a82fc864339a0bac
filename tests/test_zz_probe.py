import time, re
import pytest
from urllib.parse import urlsplit
from django.test import Client
from comparison import publishing
from tests import worlds
from tests.test_views import Page
pytestmark = pytest.mark.django_db
def test_x():
    t=time.time()
    for slug in ("fastapi-vs-django","python-app-servers"):
        from comparison.core.document import plain
        publishing.publish(worlds.draft(plain(worlds.content(slug))),"eve","x")
    print("publish", time.time()-t)
    seen={}
    todo=["/fastapi-vs-django/","/python-app-servers/"]
    c=Client()
    t=time.time()
    slow=[]
    anchors=[]
    while todo:
        a=todo.pop()
        if a in seen: continue
        t0=time.time()
        r=c.get(a)
        slow.append((time.time()-t0,a))
        html=r.content.decode()
        p=Page(html) if "<" in html else None
        ids=[e["id"] for e in p.elements if e.get("id")]
        seen[a]=(r.status_code,set(ids))
        dup={i for i in ids if ids.count(i)>1}
        if dup: print("dup",a,dup)
        for e in p.elements:
            h=e.get("href") if e["tag"]=="a" else None
            if not h or h.startswith("http"): continue
            u=urlsplit(h)
            path=u.path or a.split("?")[0]
            full=path+("?"+u.query if u.query else "" )
            if not u.path and "?" in a: full=a
            anchors.append((a,full,u.fragment))
            if full not in seen and not path.startswith("/admin"): todo.append(full)
        if time.time()-t>120: break
    print("crawl",time.time()-t,len(seen))
    for s in sorted(slow)[-8:]: print(s)
    print([a for a,(s,i) in seen.items() if s!=200])
    for a,f,fr in anchors:
        if fr and f in seen and fr not in seen[f][1]: print("no anchor",a,f,fr)
