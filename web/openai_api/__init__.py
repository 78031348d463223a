"""Messages of the OpenAI protocol in, our answer in its form out: ``/v1/chat/completions`` and ``/v1/models``."""
