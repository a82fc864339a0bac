"""A stand-in for a trained image model: the nearest of four colours to the mean colour of the pixels that can be seen.

A real computation on real pixels, small enough to check by hand, and as unprepared for odd pictures as many a model:
one without a single visible pixel makes it fail. It refuses to read files; it takes a picture that is already open.
"""

from math import dist

from PIL import Image

COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "grey": (128, 128, 128)}


def predict(picture: Image.Image) -> tuple[str, float]:
    """Return the colour and a confidence between 0.5 (two colours are equally near) and 1 (exactly that colour)."""
    *colour_bands, opacity = picture.convert("RGBA").split()
    weights = list(opacity.tobytes())
    mean = [sum(a * b for a, b in zip(band.tobytes(), weights, strict=True)) / sum(weights) for band in colour_bands]
    (near, name), (next_near, _), *_ = sorted((dist(mean, colour), name) for name, colour in COLOURS.items())
    return name, round(next_near / (near + next_near), 3)
