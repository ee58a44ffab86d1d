"""The pure part of surveys: `instruments` and their items, `answers` from a file, `results`, and the `disclosure` of small cells."""
