"""The pages that turn a draft into a release, and lead back to an older one."""
