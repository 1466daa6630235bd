"""What the benchmarks in Python share: medians, and tables in Markdown."""


def median(values):
    return sorted(values)[len(values) // 2]


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def table(*head):
    print()
    row(*head)
    row(*["---"] * len(head))


def compare(title, unit, ours, *yardsticks):
    """A row with our figure, the yardsticks', and our ratio to each; None for a yardstick that is not there."""
    figures = [f"{figure * unit:.1f}" if figure else "" for figure in (ours, *yardsticks)]
    ratios = [f"{ours / yardstick:.2f}" if yardstick else "" for yardstick in yardsticks]
    row(title, *figures, *ratios)


def measure(subjects, step, rounds):
    """The median of `step` for each subject, all in turn in each round; None for one that is not there."""
    figures = [[] for _ in subjects]
    for _ in range(rounds):
        for subject, own in zip(subjects, figures):
            if subject:
                own.append(step(subject))
    return [median(own) if own else None for own in figures]
