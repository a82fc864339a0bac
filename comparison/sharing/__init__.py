"""What leaves the page: share links, frames, oEmbed, feeds, files, the picture."""
