"""What has changed, between releases and since a link was made."""
