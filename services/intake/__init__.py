"""intake: accepts requests by every channel, keeps them and their files, hands answers back."""
