"""What an agent's desk does, without a screen: offering SOPs, holding a walk, reading answers."""
