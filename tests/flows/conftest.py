"""Properties are about what is said, not about how fast a machine is."""

from hypothesis import settings

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
