"""The pure heart of the house: no Django, no file, no clock, no chance below this door."""
