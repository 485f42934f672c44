"""What can go wrong, as a short tree of exceptions; every message says what was found and what to do."""


class XltoolsError(Exception):
    """Base of every error that xltools raises on purpose."""


class InputError(XltoolsError):
    """A file, folder, option or data table that xltools was given cannot be used as it is."""


class WorkbookError(InputError):
    """A workbook or document cannot be read, or an edit of it must be refused."""


class FormError(InputError):
    """A workbook was read, but it holds no self-evaluation form."""


class PolicyError(InputError):
    """A policy file is missing, unreadable or incomplete."""


class SettingsError(InputError):
    """A settings file (xltools.toml) or a map of a form cannot be read or is wrong."""


class TemplateError(InputError):
    """An official template is unknown or not of the expected shape."""


class LiveError(InputError):
    """No application or open workbook can be reached, or the application refuses what was asked of it."""
