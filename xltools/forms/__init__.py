"""Recognising self-evaluation forms on Grids by their labels, geometry and content."""

from xltools.forms.recognition import Recognition, recognise

__all__ = ["Recognition", "recognise"]
