import { mountStdio } from "./mount-stdio.ts";

// Offers the commanded server and says where.
const { url } = await mountStdio({ env: { STUBBORN: "1" } });
console.log(url);
