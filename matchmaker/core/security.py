"""Headers, CSRF, rate limits. The Content-Security-Policy allows nothing inline and nothing from elsewhere."""

from ipaddress import IPv6Address, ip_address

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from limits import parse
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

IPV6_NETWORK = 64
"""Bits of an IPv6 address that are counted: whoever rents a line gets at least the rest to choose from."""


def network() -> str:
    """Whom attempts are counted on: the IPv4 address, or the /64 network of an IPv6 address."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    rest = 128 - IPV6_NETWORK
    return f"{IPv6Address(int(address) >> rest << rest)}/{IPV6_NETWORK}"


csrf = CSRFProtect()
limiter = Limiter(network, headers_enabled=True)


def within(limit: str, *, what: str) -> bool:
    """Count one use of a part of a page on the caller; False when `limit` ("20 per minute") is used up. The page goes on without the part."""
    return not limiter.enabled or limiter.limiter.hit(parse(limit), what, network())


def went_through(response: Response) -> bool:
    """For `deduct_when`: only a form that was taken counts, not one to mend."""
    return response.status_code == 303


def init_app(app: Flask) -> None:
    csrf.init_app(app)
    limiter.init_app(app)
    if app.config["MATCHMAKER_PROXIES"]:
        count = app.config["MATCHMAKER_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # Flask's documented place for middleware

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
