def checkup(console: object) -> bool:
    return True
