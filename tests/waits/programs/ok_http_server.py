"""A threading http.server without visitors, and a client that asked and is being served slowly."""

import http.server
import time
import urllib.request

import claims

asked = []


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(1)
        time.sleep(3000)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
claims.start("server", server.serve_forever)
claims.start("client", urllib.request.urlopen, f"http://127.0.0.1:{server.server_port}/")
claims.tell(lambda: asked)
time.sleep(3600)
