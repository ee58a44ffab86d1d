"""Who may come in: a pass is the signed right of one bearer to enter an edition on given days.

Terms: *pass*, *key* (signs and verifies passes), *short code* (the pass id for humans), *revocation*.
Others may use `passes.rules` (the codec, pure), `passes.queries` and `passes.actions`.
"""
