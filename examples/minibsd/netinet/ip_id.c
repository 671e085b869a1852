/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Packet ids that are hard to guess.  One generator serves all stacks.
 */

#include <sys/param.h>
#include <sys/systm.h>

#include <netinet/ip_var.h>

/*
 * Old programs look for the state by its old name.  The compiler cannot know
 * that the assembler uses this variable, so it must keep its name.
 */
uint32_t ip_randid_state = 0x2545f491;
__asm(".globl ip_randid_seed\n"
    "\t.set ip_randid_seed, ip_randid_state");

/* The same, in the language of the compiler. */
int ip_randid_calls = 0;
extern int ip_randid_count __attribute__((__alias__("ip_randid_calls")));

u_short
ip_randomid(void)
{

	ip_randid_state ^= ip_randid_state << 13;
	ip_randid_state ^= ip_randid_state >> 17;
	ip_randid_state ^= ip_randid_state << 5;
	ip_randid_calls++;
	return (ip_randid_state & 0xffff);
}
