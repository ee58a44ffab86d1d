"""The pure part of passes: what a code says and whether it is signed, keys, and the short code for humans."""
