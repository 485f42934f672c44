"""An xlwings engine in memory, for tests: it holds workbooks as Excel would, and puts down every call.

`running` starts it, `loading` fills it from a file or from Grids.
"""

from xltools.live.xw import xlwings

# The modules of this package subclass xlwings' classes; xlwings has to come without its paid part.
xlwings()
