"""Recognising self-evaluation forms on Grids by their labels, geometry and content."""

from xltools.forms.mapping import FormMap, load_map
from xltools.forms.recognition import Recognition, recognise

__all__ = ["FormMap", "Recognition", "load_map", "recognise"]
