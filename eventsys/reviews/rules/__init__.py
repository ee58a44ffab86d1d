"""Rules about reviews: what may be recommended, how scores sum up."""
