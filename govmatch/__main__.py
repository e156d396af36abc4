"""`python -m govmatch` and the command `govmatch`."""

import sys


def main() -> None:
    # The commands load much of the site; importing this module must not.
    from govmatch.cli import run  # noqa: PLC0415

    run(sys.argv[1:])


if __name__ == "__main__":
    main()
