"""What is loaded once and stays. Looking through it for garbage, again and again, would stop everything else."""

import gc


def keep_what_is_loaded() -> None:
    """Everything that is there now is left alone from here on; told after each large thing that was loaded."""
    gc.collect()
    gc.freeze()
