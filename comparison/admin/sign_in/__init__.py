"""Pages about one's own account: the second factor, and the first administrator's name and
password. Whether a code is right, or a link good, is said by `web/sign_in`.
"""
