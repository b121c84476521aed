"""A brief of any size in plain prose: so many things, ten operations on each, each with its own load and size."""

import sys
from typing import Final

THINGS: Final = tuple(
    "invoice parcel contract vehicle ticket voucher complaint estimate shipment inspection guarantee lease booking "
    "reminder handover payment supplier certificate discount refund schedule permit survey badge warehouse pallet "
    "container driver route truck trailer depot customer agent broker policy claim premium account statement transfer "
    "deposit loan mortgage branch teller cheque budget forecast report audit finding task project milestone sprint "
    "release incident problem change asset licence device sensor meter reading alarm rule threshold dashboard site "
    "building floor room desk locker key visitor contractor shift roster absence holiday payslip bonus review goal "
    "course lesson exam question answer grade student teacher class library book loanee author publisher article "
    "comment photo album playlist track artist venue concert seat".split()
)


def brief(things: int) -> str:
    """A brief about the first so many things."""
    parts = [
        "# Group platform",
        "",
        "A system for a large group, with 50 teams of 6 engineers and 900,000 dollars a month to run it.",
        "",
    ]
    for number, noun in enumerate(THINGS[:things]):
        parts += [
            f"## {noun.capitalize()}s",
            "",
            f"- A clerk can create a {noun} and update it",
            f"- A manager can approve a {noun} and cancel a {noun}",
            f"- A clerk can archive a {noun} and export a {noun}",
            f"- A manager can search for {noun}s by date and assign a {noun}",
            f"- A customer sees the status of a {noun} and rates a {noun}",
            "",
            f"There are {9000 + 150 * number} {noun}s a day, each of {2 + number % 9} kB,",
            f"kept for {1 + number % 5} years.",
            "",
        ]
    return "\n".join(
        [*parts, "It must answer within 400 ms and be up 99.9% of the time. We must use microservices.", ""]
    )


if __name__ == "__main__":
    print(brief(int(sys.argv[1])))
