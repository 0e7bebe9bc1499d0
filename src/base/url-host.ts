// The host of a URL as sockets and certificates name it: an IPv6 address without its brackets.

export const urlHost = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');
