"""What is shown: each page's record beside the function that builds it. No HTTP; little markup,
rendered once a release.
"""
