"""`python -m govmatch` and the command `govmatch`."""


def main() -> None:
    # The commands load the whole site; importing this module must not.
    from govmatch.cli import app  # noqa: PLC0415

    app()


if __name__ == "__main__":
    main()
