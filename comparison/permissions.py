"""Who may do what: Writers edit drafts, Editors also publish. Written after every migration, so
that new nouns are in.

Suggestions come from readers: both groups decide on them, Editors also delete them, nobody adds
one.
"""

from typing import Any

WRITER, EDITOR = "Writer", "Editor"
OF_WRITERS = ["view_release", "view_suggestion", "change_suggestion"]
OF_EDITORS = [*OF_WRITERS, "delete_suggestion", "publish_comparison"]


def grant(sender: Any, using: str = "default", **signal: Any) -> None:
    """Give both groups the permissions that belong to them; what an administrator added stays."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)  # whichever app's handler runs first
    editing = [
        f"{action}_{model._meta.model_name}"
        for model in sender.get_models()
        if model.__name__ not in ("Release", "Suggestion", "Count")
        for action in ("view", "add", "change", "delete")
    ]
    of_app = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    for name, extra in ((WRITER, OF_WRITERS), (EDITOR, OF_EDITORS)):
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*of_app.filter(codename__in=[*editing, *extra]))
