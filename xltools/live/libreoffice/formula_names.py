"""Functions that LibreOffice's interfaces call by another name than Excel.

Source: the mappings OOXML and API of `com.sun.star.sheet.FormulaOpCodeMapper` (LibreOffice 7.4); names that differ in
`_xlfn.` only, which stands in files but not in Excel's formula bar, are the same here.
"""

from functools import lru_cache

ADDINS = "COM.SUN.STAR.SHEET.ADDIN."

_EXCEL_TO_API = {
    "CEILING": "CEILING.XCL",
    "CONVERT": f"{ADDINS}ANALYSIS.GETCONVERT",
    "CUMIPMT": f"{ADDINS}ANALYSIS.GETCUMIPMT",
    "CUMPRINC": f"{ADDINS}ANALYSIS.GETCUMPRINC",
    "DURATION": f"{ADDINS}ANALYSIS.GETDURATION",
    "EFFECT": "EFFECTIVE",
    "FLOOR": "FLOOR.XCL",
    "FORECAST.ETS": "FORECAST.ETS.ADD",
    "FORECAST.ETS.CONFINT": "FORECAST.ETS.PI.ADD",
    "FORECAST.ETS.STAT": "FORECAST.ETS.STAT.ADD",
    "FORMULATEXT": "FORMULA",
    "NOMINAL": f"{ADDINS}ANALYSIS.GETNOMINAL",
    "PDURATION": "DURATION",
    "RRI": "ZGZ",
    "SKEW.P": "SKEWP",
}

_ANALYSIS = """
ACCRINT ACCRINTM AMORDEGRC AMORLINC BESSELI BESSELJ BESSELK BESSELY BIN2DEC BIN2HEX BIN2OCT COMPLEX COUPDAYBS COUPDAYS
COUPDAYSNC COUPNCD COUPNUM COUPPCD DEC2BIN DEC2HEX DEC2OCT DELTA DISC DOLLARDE DOLLARFR EDATE EOMONTH ERF ERFC
FACTDOUBLE FVSCHEDULE GESTEP HEX2BIN HEX2DEC HEX2OCT IMABS IMAGINARY IMARGUMENT IMCONJUGATE IMCOS IMCOSH IMCOT IMCSC
IMCSCH IMDIV IMEXP IMLN IMLOG10 IMLOG2 IMPOWER IMPRODUCT IMREAL IMSEC IMSECH IMSIN IMSINH IMSQRT IMSUB IMSUM IMTAN
INTRATE MDURATION MROUND MULTINOMIAL OCT2BIN OCT2DEC OCT2HEX ODDFPRICE ODDFYIELD ODDLPRICE ODDLYIELD PRICE PRICEDISC
PRICEMAT QUOTIENT RANDBETWEEN RECEIVED SERIESSUM SQRTPI TBILLEQ TBILLPRICE TBILLYIELD WORKDAY XIRR XNPV YEARFRAC YIELD
YIELDDISC YIELDMAT
"""
"""Functions of the add-in Analysis, whose names end in Excel's."""


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    to_api = {name: f"{ADDINS}ANALYSIS.GET{name}" for name in _ANALYSIS.split()} | _EXCEL_TO_API
    to_excel = {api: excel for excel, api in to_api.items()}
    # LibreOffice's own variants mean the same, as far as Excel has them at all.
    for variant in ("CEILING", "FLOOR"):
        to_excel[variant] = f"{variant}.MATH"
    for analysis in ("EFFECT", "GCD", "LCM", "ISEVEN", "ISODD", "WEEKNUM", "NETWORKDAYS"):
        to_excel[f"{ADDINS}ANALYSIS.GET{analysis}"] = analysis
    return to_api, to_excel


def api_name(excel: str) -> str:
    """The name under which LibreOffice's interfaces take a function of Excel."""
    name = excel.upper().removeprefix("_XLFN.").removeprefix("_XLWS.")
    return _tables()[0].get(name, name)


def excel_name(api: str) -> str:
    """The name that Excel has for a function of LibreOffice; its own name where Excel has none."""
    name = api.upper()
    return _tables()[1].get(name, name)
