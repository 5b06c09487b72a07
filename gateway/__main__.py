"""`python -m gateway`: the public door, and the internal one for health and metrics."""

from chassis.serve import Door, read_settings, run
from gateway.app import build_app, build_internal_app
from gateway.guards.protocol import GuardedProtocol
from gateway.settings import GatewaySettings


def main() -> None:
    settings = read_settings(GatewaySettings, "gateway")
    public = build_app(settings)
    run(
        [
            Door(public, settings.http_host, settings.http_port, http=GuardedProtocol),
            Door(build_internal_app(public), settings.http_host, settings.internal_port),
        ],
        public.state.stopping,
    )


if __name__ == "__main__":
    main()
