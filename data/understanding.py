"""What it means that something stored cannot be read: another version wrote it, or a failing disk has changed it."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from data.errors import Stored, StoreDamagedError, StoreOutdatedError
from data.packing import ForeignPackingError, PackingError
from data.program import program_version
from data.upcasts import UpcastError


@contextmanager
def understanding(what: Stored, writer: str = "", place: object = "") -> Iterator[None]:
    """Read what an older or newer program may have written, or a failing disk have changed.

    Raises:
        StoreDamagedError: it is nothing that a program of any version writes, or that this very one would.
        StoreOutdatedError: it does not have the form that this program knows.
    """
    try:
        yield
    except PackingError as error:
        raise StoreDamagedError(what, str(error), writer, str(place)) from error
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "all of it"
        why = f"{where}: {fault['msg']}"
        if fault["type"] == "json_invalid" or (writer and writer == program_version()):
            raise StoreDamagedError(what, why, writer, str(place)) from error
        raise StoreOutdatedError(what, why, writer, str(place)) from error
    except (UpcastError, ForeignPackingError) as error:
        raise StoreOutdatedError(what, str(error), writer, str(place)) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise StoreDamagedError(what, str(error), writer, str(place)) from error
