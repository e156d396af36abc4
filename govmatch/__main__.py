"""`python -m govmatch` and the command `govmatch`."""


def main() -> None:
    from govmatch.cli import app  # the commands load the whole site; importing this must not

    app()


if __name__ == "__main__":
    main()
