"""Engines that publish on many machines. Each knows its own library, which is imported only when it is asked for."""
