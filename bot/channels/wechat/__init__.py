"""The WeChat channels: an official account, an application of WeCom, 微信客服. They translate; they decide nothing."""
