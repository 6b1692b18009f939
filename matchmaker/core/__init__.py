"""Named tools that know no area: database, access, language, clock, mail, queue, audit, security.

Nothing here imports an area or the engine. A tool with no name better than "helper" does not belong here.
"""
