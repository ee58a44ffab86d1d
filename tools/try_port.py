"""Says in one sentence why a server can't listen at HOST PORT, if it can't."""

import errno
import socket
import sys

host, port = sys.argv[1], sys.argv[2]
if not port.isdigit() or not 0 < int(port) < 65536:
    sys.exit(f"\nPORT={port} is not a port: choose a number from 1024 to 65535, for example: PORT=5001 make run")
try:
    address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
    with socket.socket(address[0], socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address[4])
        listener.listen()
except OSError as error:
    other = int(port) + 1 if 1024 <= int(port) < 65535 else 5000
    if error.errno == errno.EADDRINUSE:
        sys.exit(f"\nPort {port} is busy: stop the program that uses it, or choose another with: PORT={other} make run")
    if error.errno == errno.EACCES:
        sys.exit(f"\nPort {port} is reserved for administrators: choose another with: PORT={other} make run")
    sys.exit(f"\nThis machine can't listen at HOST={host}: choose one of its own addresses, or leave HOST away.")
