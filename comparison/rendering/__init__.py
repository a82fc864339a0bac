"""Text becomes HTML, SVG or a picture. Nothing here knows a comparison."""
