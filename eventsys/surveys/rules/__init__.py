"""The pure part of surveys. Read in this order:

`options` the answers to choose from · `instruments` items and versions · `building` how a draft changes · `values` one answer · `answering` a form of them · `answers` a file of them ·
`results` what they come to · `intervals` how sure a share is · `disclosure` small cells withheld ·
`splits` by kind and language · `figures` of an item from a panel · `free_text` what was written, and tags.
"""
