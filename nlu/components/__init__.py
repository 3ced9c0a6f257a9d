"""The parts of the language model: pure modules, and the Rasa components that wrap them.

Nothing here may read a clock, the network, or a path that was not handed in.
"""
