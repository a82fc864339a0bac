"""What is shown: each page's record beside the function that builds it. No HTTP; markup only where it is rendered once a release."""
