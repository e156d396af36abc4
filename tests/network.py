"""The network is closed in tests: whoever asks for another machine gets an error, not an answer."""

import ipaddress
import socket
import sys
from typing import Any

LOCAL_NAMES = frozenset({"localhost", "ip6-localhost", ""})


class NetworkClosed(RuntimeError):
    """Something in a test wanted to leave this machine."""


def close_network() -> None:
    """Refuse, from now on and in this process, connections and look-ups that leave this machine.

    An audit hook sees every socket that Python opens, whichever library asked for it. Programs that
    tests start (the browser, PostgreSQL) are told by their own options.
    """
    sys.addaudithook(_refuse_other_machines)


def _refuse_other_machines(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        target = args[1]
        if isinstance(target, tuple) and not is_local(target[0]):
            raise NetworkClosed(f"{event} to {target[0]}: tests stay on this machine")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and not is_local(args[0]):
        raise NetworkClosed(f"look-up of {args[0]}: tests stay on this machine")


def is_local(host: object) -> bool:
    """Tell whether `host`, a name or an address, is this machine's loopback."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in LOCAL_NAMES or name == socket.gethostname():
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
