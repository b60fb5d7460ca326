"""A workflow system for 村改社区, the conversion of Chinese villages into urban communities."""
