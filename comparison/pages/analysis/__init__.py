"""What would be otherwise: sensitivity, why an option does not lead, and how all of it is worked
out.
"""
