"""The shape of what applicants (`steps`) and organisers (`deciding`) type; `reading` is shared."""
