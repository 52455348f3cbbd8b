"""The cookies of the console: their names, and how they are sent. What they mean is the gate's."""

from ipaddress import ip_address

from fastapi import Response


class Cookies:
    """The cookies for a browser that came to a host.

    They are `Secure`, and bound to the host, unless the browser runs on this machine itself and came over plain http:
    from elsewhere, nobody signs in without https.
    """

    def __init__(self, public_url: str, host: str) -> None:
        self.are_secure = public_url.startswith("https:") or not _is_loopback(host)
        prefix = "__Host-" if self.are_secure else ""
        self.session = f"{prefix}huiqi_staff"
        self.device = f"{prefix}huiqi_device"
        self.before = f"{prefix}huiqi_before"  # whoever is not signed in yet
        self.said = f"{prefix}huiqi_said"

    def keep(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.are_secure, httponly=True, samesite="lax"
        )

    def drop(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self.are_secure, httponly=True, samesite="lax")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
