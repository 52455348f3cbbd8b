"""Takes the address to listen on, before anything slow is loaded: who comes early waits in line."""

import errno
import socket

from bot.settings import Settings


class AddressInUse(RuntimeError):
    """The address cannot be listened on; the message is one line and says the way out."""


def listen(settings: Settings) -> socket.socket:
    """A socket on the address of the settings. Raises AddressInUse."""
    host, port = settings.host, settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError:
        raise AddressInUse(f"HUIQI_HOST：这台机器上没有地址 {host!r}") from None
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            way_out = f"换一个端口：HUIQI_PORT={port + 1 if port < 65535 else 0} huiqi serve，或先停掉占用它的程序"
            raise AddressInUse(f"端口 {port} 已被占用。{way_out}") from None
        raise AddressInUse(f"不能在 {host}:{port} 上监听：{error.strerror}。用 HUIQI_HOST、HUIQI_PORT 换一个") from None
    return listening
