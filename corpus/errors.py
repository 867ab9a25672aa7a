"""The exceptions hoidap raises on purpose.

HoidapError                   shown to the user as one message in Vietnamese, never a traceback
 ├─ ManifestError             manifest.toml is wrong: names the file and the line
 ├─ DocumentError             a document's file is missing, empty, altered or not readable
 ├─ AddressError              a string is not an address
 ├─ SearchIndexError
 │   ├─ IndexMissingError     no index has been built yet
 │   └─ IndexVersionError     the index was built by another version, or from other documents
 ├─ BundledModelError         the bundled encoder cannot be unpacked (retriever/bundled.py)
 ├─ LanguageModelError        the configured language model does not answer, or refuses
 ├─ QuestionError             a question that cannot be searched: empty, too long
 ├─ QuestionFileError         a question or run file is malformed: names the file and the line
 └─ SettingsError             a setting has a value that cannot be used

The message (`str(error)`) is for the user: in Vietnamese, and it says what to do next.
`exit_code` is what the command line ends with (sysexits where one fits).
"""


class HoidapError(Exception):
    """Base of everything above."""

    exit_code = 1


class ManifestError(HoidapError):
    """manifest.toml cannot be accepted."""

    exit_code = 65  # EX_DATAERR


class DocumentError(HoidapError):
    """A document's file cannot be accepted."""

    exit_code = 65


class AddressError(HoidapError):
    """A string that is not an address of a provision."""

    exit_code = 65


class SearchIndexError(HoidapError):
    """The index cannot be used."""

    exit_code = 69  # EX_UNAVAILABLE


class IndexMissingError(SearchIndexError):
    """No index has been built in this folder."""


class IndexVersionError(SearchIndexError):
    """The index was made by another version or from other documents."""


class LanguageModelError(HoidapError):
    """The configured language model cannot be used."""

    exit_code = 69


class QuestionError(HoidapError):
    """A question that cannot be searched."""

    exit_code = 64  # EX_USAGE


class QuestionFileError(HoidapError):
    """A question file or run file is malformed."""

    exit_code = 65


class SettingsError(HoidapError):
    """A setting has a value that cannot be used."""

    exit_code = 78  # EX_CONFIG
