"""An address of every kind that the tiny world has for readers; those for programs have rules of
their own (tests/api).
"""

from comparison.web.regions import REGIONS

ADDRESSES_OF_REGIONS = [f"/tiny/-/{region}/" for region in REGIONS]
ADDRESSES = [
    "/tiny/",
    "/tiny/@1/",
    "/tiny/parts/",
    "/tiny/cell/speed/ada/",
    "/tiny/-/claims/speed/ada/",
    "/tiny/cell/speed/",
    "/tiny/-/claims/speed/",
    "/",
    *ADDRESSES_OF_REGIONS,
]
