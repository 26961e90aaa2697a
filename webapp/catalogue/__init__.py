"""The collection as more than its articles: speakers, countries, what who said about which.

Each module has one noun; its functions take the Library first and give frozen dataclasses.
"""
