"""What pages say to search engines. Where nothing is said, a page may be found."""

VIEW = "noindex, nofollow"  # one of the many views of a page
PART = "noindex"  # a part of a page at an address of its own, or another form of it
