# What the checks of schemathesis cannot know by themselves, as checks of our own.
import schemathesis
from schemathesis.checks import CHECKS

BUSY = {"SERVER_BUSY", "RECORDS_BUSY"}

unsupported_method = CHECKS.get_one("unsupported_method")


@schemathesis.check
def unavailable_only_while_busy(ctx, response, case):
    """503 only where the server has more to do than it can, and says so: it may refuse on a machine that does much else."""
    if response.status_code == 503 and response.json()["code"] not in BUSY:
        raise AssertionError(f"503 {response.json()['code']}: {response.json()['detail']}")


@schemathesis.check
def another_method_is_405(ctx, response, case):
    """As unsupported_method; but a head that is too long is refused before anybody knows for what."""
    if response.status_code == 431 and len(response.request.url) > 16_000:
        return None
    return unsupported_method(ctx, response, case)
