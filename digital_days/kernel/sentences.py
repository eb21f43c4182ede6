class Unable(Exception):
    """An expected failure, told to whoever runs the program: one sentence in French, one in English."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(french, english)
        self.french = french
        self.english = english

    def __str__(self) -> str:
        return f"{self.french}\n{self.english}"
