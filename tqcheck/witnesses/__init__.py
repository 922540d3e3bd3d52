"""What tells that a pair of sentences differs in meaning, each on its own evidence.

A witness is a pure function over a `Bitext` that returns one value a pair of `bitext.matched`; it is
called through `bitext.once`, so that the rules that point at the fault and the risk that weighs all
evidence share one computation.
"""
