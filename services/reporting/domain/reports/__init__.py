"""The five reports, made from figures; who is who is told by names."""
